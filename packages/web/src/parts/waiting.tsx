/** Takes the room of what is on its way. */
export function Waiting({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div class="waiting" aria-busy="true">
      <p class="for-readers">Loading …</p>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} class="bone" />
      ))}
    </div>
  );
}

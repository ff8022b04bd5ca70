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

/** A page of which nobody knows yet what it will show. */
export function WaitingCard() {
  return (
    <main class="card" id="page" tabIndex={-1}>
      <Waiting lines={5} />
    </main>
  );
}

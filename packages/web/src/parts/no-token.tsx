/** Where a page needs what stands in a mailed link, and was opened without it, or loaded again. */
export function NoToken() {
  return (
    <p class="notice" role="status">
      This page is for the link of a mail. Open the link once more from there.
    </p>
  );
}

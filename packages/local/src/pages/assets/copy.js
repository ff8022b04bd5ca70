/** Buttons with data-copy copy it. They are hidden in the markup because they do nothing without this. */
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = await navigator.clipboard.writeText(button.dataset.copy).then(
      () => "Copied",
      () => "Not allowed",
    );
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
}

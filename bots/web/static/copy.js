// 复制草稿: shows the buttons that copy a draft; without this script the text can be marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy"); // a page without https has no clipboard
    }
    button.textContent = button.dataset.done;
  });
}

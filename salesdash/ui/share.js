// Copies the link that stands beside the button; where a browser keeps the clipboard to itself
// (no https), the link is marked and copied the old way.
(() => {
  const box = document.querySelector(".sd-share")
  if (!box) return
  const field = box.querySelector("input"), button = box.querySelector("button")
  const said = () => { button.textContent = box.dataset.done }
  const marked = () => { field.focus(); field.select(); if (document.execCommand("copy")) said() }
  button.onclick = () => navigator.clipboard && window.isSecureContext
    ? navigator.clipboard.writeText(field.value).then(said, marked)
    : marked()
})()

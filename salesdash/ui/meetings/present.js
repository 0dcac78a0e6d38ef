/* Keys of a presentation: each clicks the button that is on the page, so that both do the same. */
window.sdPresent = window.sdPresent || (() => {
  const KEYS = {ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Home: "first", End: "last", Escape: "leave"}
  const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=radiogroup], [role=dialog], [data-testid=stPopoverBody]"
  const PATIENCE_MS = 3000
  let shown = 0, last = 0, wanted = 0, pressed = 0, isTurning = false

  const screen = () => document.querySelector(".st-key-present")
  const button = name => document.querySelector(`.st-key-present-${name} button`)
  const main = () => document.querySelector("[data-testid=stMain]")
  const isOpen = () => document.querySelector("[data-testid=stPopoverBody], [role=dialog], [role=listbox]")

  // a remote pressed twice at once goes two screens on: one click a turn, the next when it is there
  const turn = by => {
    if (performance.now() - pressed > PATIENCE_MS) [wanted, isTurning] = [shown, false]
    pressed = performance.now()
    wanted = Math.min(Math.max(wanted + by, 1), last)
    follow()
  }
  const follow = () => {
    if (wanted === shown || isTurning) return
    isTurning = true
    button(wanted > shown ? "next" : "back")?.click()
  }
  const press = name => {
    if (name === "next") turn(1)
    else if (name === "back") turn(-1)
    else button(name)?.click()
  }

  document.addEventListener("keydown", event => {
    if (!screen() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest(TYPING) || isOpen()) return
    if (event.key === "f" || event.key === "F") {
      document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.().catch(() => {})
    } else if (KEYS[event.key]) {
      press(KEYS[event.key])
    } else return
    event.preventDefault()
  })

  // what is longer than the screen, or wider than its frame, says so
  const look = () => {
    const page = main()
    if (!screen() || !page) return
    document.documentElement.classList.toggle("sd-longer", page.scrollHeight - page.scrollTop - page.clientHeight > 12)
    for (const each of screen().querySelectorAll(".sd-wide"))
      each.classList.toggle("sd-wider", each.scrollWidth - each.scrollLeft - each.clientWidth > 4)
  }
  let due = 0
  const soon = () => { due = due || requestAnimationFrame(() => { due = 0; look() }) }
  document.addEventListener("scroll", soon, {capture: true, passive: true})
  window.addEventListener("resize", soon)
  new MutationObserver(soon).observe(document.body, {childList: true, subtree: true})
  document.addEventListener("click", event => {
    if (event.target instanceof Element && event.target.closest(".sd-more"))
      main()?.scrollBy({top: main().clientHeight * .7, behavior: "smooth"})
  })

  return {
    turned(number, count) {
      const isMore = isTurning && wanted !== number
      if (number !== shown) main()?.scrollTo({top: 0})
      if (!isMore) wanted = number
      shown = number
      last = count
      isTurning = false
      if (isMore) follow()
      soon()
    },
  }
})()

// Shows how long a line has been talked about. The server says since when; only the display ticks.
(() => {
  const since = (window.sdClocks ??= {});
  const shown = (seconds) =>
    `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const tick = () => {
    const box = document.getElementById("sd-clock");
    if (!box) return clearInterval(since.ticking);
    const facts = box.dataset;
    // a clock that this browser has seen before goes on from there, whatever is drawn anew
    const begun = (since[facts.key] ??= Date.now() - facts.ran * 1000);
    const spent = +facts.spent + (facts.runs ? Math.floor((Date.now() - begun) / 1000) : 0);
    const over = facts.planned ? spent - facts.planned * 60 : 0;
    box.querySelector("[data-now]").textContent = shown(spent);
    box.querySelector("[data-over]").textContent = shown(Math.max(over, 0));
    box.querySelector("[data-all]").textContent = Math.round((+facts.others + spent) / 60);
    box.classList.toggle("sd-over", over > 0);
  };
  clearInterval(since.ticking);
  tick();
  since.ticking = setInterval(tick, 1000);
})();

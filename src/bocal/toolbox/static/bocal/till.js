/* The till: plus and minus beside each count, for fingers. Without it the number is typed. */
"use strict";

const MOST = 9999;

function step(button) {
  const box = button.parentElement.querySelector("input");
  const count = Math.min(MOST, Math.max(0, (parseInt(box.value, 10) || 0) + Number(button.dataset.step)));
  box.value = count || "";
  box.dispatchEvent(new Event("input", { bubbles: true })); // the total follows
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(button);
});

function showSteps() {
  document.querySelectorAll("[data-step]").forEach((button) => (button.hidden = false));
}

// A page that comes back from the browser's memory would record under the id of what it already recorded.
addEventListener("pageshow", (event) => event.persisted && location.reload());
document.addEventListener("htmx:afterSettle", showSteps);
document.documentElement.classList.add("with-script");
showSteps();

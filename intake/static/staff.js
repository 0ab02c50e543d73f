// Comfort only: the queue works without this file. How many stand where is asked for again once a minute, while somebody
// looks; the lines stay as they are until they are asked for, so that nothing moves under anybody's finger.
"use strict";
const counts = document.querySelector("[data-counts]");
const changed = document.getElementById("changed");

const renew = async () => {
  if (document.hidden) return;
  // Whoever is signed out is led elsewhere: that is no count.
  const answer = await fetch(counts.dataset.counts, { redirect: "error" });
  if (!answer.ok) return;
  for (const [state, count] of Object.entries(await answer.json())) {
    const shown = counts.querySelector(`[data-count="${state}"]`);
    if (!shown || shown.textContent === count) continue;
    shown.textContent = count;
    changed.hidden = false;
  }
};

const tryToRenew = () => renew().catch(() => {});
setInterval(tryToRenew, 60_000);
document.addEventListener("visibilitychange", tryToRenew);

// The live river: stories appear as they are stored. Everything else on the desk works without a script.
"use strict";
(() => {
  const live = document.getElementById("live");
  const list = document.getElementById("stories");
  if (!live || !list || !window.EventSource) return;

  const waiting = [];
  const STORIES_MAX = 200;

  const storyOf = (name) => [...list.children].find((one) => one.dataset.story === name);

  function put(event) {
    const template = document.createElement("template");
    template.innerHTML = event.html; // made by the server from the same template as the page, escaped there
    const story = template.content.firstElementChild;
    storyOf(event.story)?.remove();
    list.querySelector(".empty")?.remove();
    story.classList.add("fresh");
    list.prepend(story);
    while (list.children.length > STORIES_MAX) list.lastElementChild.remove();
  }

  function show() {
    waiting.splice(0).forEach(put);
    live.replaceChildren();
    live.hidden = true;
  }

  // Whoever reads further down is not moved: a button says how many stories wait above.
  function tell() {
    if (window.scrollY < 150 && !list.contains(document.activeElement)) return show();
    const button = document.createElement("button");
    button.textContent = waiting.length === 1 ? "1 new story" : `${waiting.length} new stories`;
    button.addEventListener("click", () => { show(); window.scrollTo({ top: 0 }); });
    live.replaceChildren(button);
    live.hidden = false;
  }

  const source = new EventSource(`/events?after=${live.dataset.newest}`);
  source.addEventListener("story", (message) => { waiting.push(JSON.parse(message.data)); tell(); });
  window.addEventListener("pagehide", () => source.close());
})();

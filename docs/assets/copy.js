"use strict";
// The copy button of a console block copies its commands, without the prompt and without what they print.
document.addEventListener("click", event => {
  const button = event.target.closest && event.target.closest(".md-code__button[data-clipboard-target]");
  if (!button) return;
  const code = document.querySelector(button.dataset.clipboardTarget);
  if (!code || !code.querySelector(".gp")) return;
  const commands = [];
  let goesOn = false;
  for (const line of code.textContent.split("\n")) {
    if (line.startsWith("$ ") || goesOn) commands.push(goesOn ? line : line.slice(2));
    goesOn = (line.startsWith("$ ") || goesOn) && line.endsWith("\\");
  }
  if (commands.length) button.setAttribute("data-clipboard-text", commands.join("\n"));
}, true);

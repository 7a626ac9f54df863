// Return what those who cannot see, or point exactly, would stumble over: the cheaper rules of axe.
() => {
  const found = [];
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  for (const id of ids.filter((each, index) => ids.indexOf(each) !== index)) found.push(`two elements have the id ${id}`);
  for (const each of document.querySelectorAll("[aria-labelledby], [aria-describedby], label[for]")) {
    for (const name of ["aria-labelledby", "aria-describedby", "for"]) {
      const id = each.getAttribute(name);
      if (id && !document.getElementById(id)) found.push(`${name} names ${id}, which is not there`);
    }
  }
  for (const each of document.querySelectorAll("input, select, textarea")) {
    if (!each.labels.length || !each.labels[0].textContent.trim()) found.push(`no label: ${each.outerHTML.slice(0, 80)}`);
  }
  for (const each of document.querySelectorAll("button, a, summary, [role=region], section")) {
    const name = each.getAttribute("aria-label") || each.textContent.trim();
    if (!name) found.push(`no name: ${each.outerHTML.slice(0, 80)}`);
    const text = each.tagName === "BUTTON" ? each.textContent.trim() : "";
    if (text && each.hasAttribute("aria-label") && !each.getAttribute("aria-label").includes(text)) found.push(`the name is not what is read: ${text}`);
  }
  for (const each of document.querySelectorAll("img")) if (!each.hasAttribute("alt")) found.push("an image without alt");
  let level = 0;
  for (const each of document.querySelectorAll("h1, h2, h3, h4")) {
    const own = Number(each.tagName[1]);
    if (own > level + 1) found.push(`a heading is left out before ${each.textContent}`);
    level = own;
  }
  for (const each of document.querySelectorAll("button, select, input, summary")) {
    const box = each.getBoundingClientRect();
    if (each.checkVisibility() && each.type !== "checkbox" && box.height < 24) found.push(`too small to hit: ${each.outerHTML.slice(0, 80)} ${box.height}`);
  }
  for (const each of document.querySelectorAll("[tabindex]")) if (Number(each.getAttribute("tabindex")) > 0) found.push("an order of its own");
  for (const each of document.querySelectorAll("pre, .scroll")) if (each.checkVisibility() && each.tabIndex < 0) found.push("cannot be scrolled by keyboard");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (!document.documentElement.lang) found.push("no language");
  if (!document.title) found.push("no title");
  return found;
}

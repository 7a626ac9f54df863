// Return each text that stands out too little from its ground (WCAG 2.2, 1.4.3), and each control whose edge does (1.4.11).
() => {
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(each).backgroundColor);
      if (alpha === 1) return [r, g, b];
      if (alpha !== 0) throw new Error(`a ground that shines through: ${each.outerHTML.slice(0, 100)}`);
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("noscript, option, .skip")) continue;
    texts += 1;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const enough = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const reached = ratio(parse(style.color).slice(0, 3), ground(element));
    if (reached < enough) found.push(`${reached.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 60)}`);
  }
  for (const control of document.querySelectorAll("input, select, textarea, button")) {
    if (!control.checkVisibility() || control.type === "checkbox") continue;
    const reached = Math.max(
      ratio(parse(getComputedStyle(control).borderTopColor).slice(0, 3), ground(control.parentElement)),
      ratio(ground(control), ground(control.parentElement)),
    );
    if (reached < 3) found.push(`${reached.toFixed(2)}: the edge of ${control.id || control.textContent}`);
  }
  if (texts < 10) found.push("there is no text");
  return [...new Set(found)];
}

// Opens each page in frames as wide as a hand, a tablet and a desk, and tells what is wrong there.
const pages = JSON.parse(document.getElementById("pages").textContent);
const axe = document.getElementById("axe").textContent;

function opened(html, width) {
  const frame = document.createElement("iframe");
  frame.width = width;
  frame.height = 900;
  frame.srcdoc = html;
  return new Promise((resolve) => {
    frame.addEventListener("load", () => resolve(frame));
    document.body.append(frame);
  });
}

// What sticks out of the page, letters of a picture that lie on each other or outside of it, and whether the page has its
// style and its script though it may load nothing.
function looked(frame) {
  const seen = frame.contentDocument;
  const wrong = [];
  const root = seen.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`wider than its window: ${root.scrollWidth}`);
  if (frame.contentWindow.getComputedStyle(seen.body).maxWidth === "none") wrong.push("without its style");
  for (const field of seen.querySelectorAll("[data-find]")) if (field.hidden) wrong.push("its script did not run");
  const pictures = [...seen.querySelectorAll("svg.pic")].filter((svg) => svg.getBoundingClientRect().width > 0);
  if (seen.querySelector("svg.pic") && pictures.length === 0) wrong.push("no picture to see");
  for (const svg of pictures) {
    const edge = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    boxes.forEach(([text, box], i) => {
      if (box.left < edge.left - 1 || box.right > edge.right + 1) wrong.push(`sticks out: ${text}`);
      for (const [other, its] of boxes.slice(i + 1)) {
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (across > 1 && down > 3) wrong.push(`on each other: ${text} and ${other}`);
      }
    });
  }
  return wrong;
}

async function accessible(html, width) {
  const open = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
  const frame = await opened(open, width);
  const script = frame.contentDocument.createElement("script");
  script.textContent = axe;
  frame.contentDocument.head.append(script);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await frame.contentWindow.axe.run(frame.contentDocument, { runOnly: tags });
  frame.remove();
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
}

(async () => {
  const wrong = [];
  for (const { name, html } of pages) {
    for (const width of [360, 800, 1280]) {
      const frame = await opened(html, width);
      for (const what of looked(frame)) wrong.push(`${name} at ${width}: ${what}`);
      frame.remove();
      if (axe && width !== 800) {
        for (const what of await accessible(html, width)) wrong.push(`${name} at ${width}: ${what}`);
      }
    }
  }
  document.getElementById("pages").remove();
  document.getElementById("axe").remove();
  const result = document.createElement("pre");
  result.id = "result";
  result.textContent = JSON.stringify(wrong);
  document.body.append(result);
})();

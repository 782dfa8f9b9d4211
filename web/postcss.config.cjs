// PostCSS: Mantine's light-dark() and breakpoint helpers; and left and right of our own styles become start and end, so that
// pages of languages that are read from the right are mirrored.
const SIDES = {
  left: "inset-inline-start",
  right: "inset-inline-end",
  "margin-left": "margin-inline-start",
  "margin-right": "margin-inline-end",
  "padding-left": "padding-inline-start",
  "padding-right": "padding-inline-end",
  "border-left": "border-inline-start",
  "border-right": "border-inline-end",
};
const ALIGNED = { left: "start", right: "end" };

/** `margin: 1px 2px 3px 4px`, where left and right differ. */
function splitSides(declaration) {
  const [top, right, bottom, left, ...more] = declaration.value.split(/\s+(?![^(]*\))/);
  if (left === undefined || more.length > 0 || left === right) return;
  declaration.cloneBefore({ prop: `${declaration.prop}-block`, value: `${top} ${bottom}` });
  declaration.replaceWith(
    declaration.clone({ prop: `${declaration.prop}-inline`, value: `${left} ${right}` }),
  );
}

const mirrored = {
  postcssPlugin: "mirrored",
  Declaration(declaration) {
    if (declaration.source?.input.file?.includes("node_modules")) return;
    const { prop, value } = declaration;
    if (SIDES[prop]) declaration.prop = SIDES[prop];
    else if (prop === "text-align" && ALIGNED[value]) declaration.value = ALIGNED[value];
    else if (/^(margin|padding|inset)$/.test(prop)) splitSides(declaration);
  },
};

module.exports = { plugins: [require("postcss-preset-mantine"), mirrored] };

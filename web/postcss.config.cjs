// PostCSS: Mantine's light-dark() and breakpoint helpers.
module.exports = { plugins: { "postcss-preset-mantine": {} } };

// Before the first paint: the theme that was chosen by hand, if any (src/design/theme.ts writes it).
try {
  const theme = localStorage.getItem("counterline.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off: the system's preference holds.
}

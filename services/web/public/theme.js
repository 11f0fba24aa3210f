// Runs before the first paint: the page never shows the other theme first.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const read = () => {
    try {
      return localStorage.getItem('sidekick-theme');
    } catch {
      return null;
    }
  };
  const apply = () => {
    const choice = read();
    const theme = choice === 'light' || choice === 'dark' ? choice : dark.matches ? 'dark' : 'light';
    root.dataset.theme = theme;
    root.dataset.mantineColorScheme = theme;
  };
  apply();
  dark.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('sidekick-theme', apply);
})();

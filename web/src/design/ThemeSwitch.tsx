import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useState } from "react";

import { chooseTheme, currentTheme, type Theme } from "./theme";
import css from "./ThemeSwitch.module.css";

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const THEMES: Theme[] = ["system", "light", "dark"];

/** System, light or dark. */
export function ThemeSwitch({ label, names }: { label: string; names: Record<Theme, string> }) {
  const [theme, setTheme] = useState(currentTheme);
  const group = useId();
  return (
    <fieldset className={css.group}>
      <legend className="visually-hidden">{label}</legend>
      {THEMES.map((one) => {
        const Icon = ICONS[one];
        return (
          <label key={one} className={css.option}>
            <input
              type="radio"
              name={group}
              className="visually-hidden"
              aria-label={names[one]}
              checked={theme === one}
              onChange={() => {
                chooseTheme(one);
                setTheme(one);
              }}
            />
            <Icon size={16} aria-hidden="true" />
          </label>
        );
      })}
    </fieldset>
  );
}

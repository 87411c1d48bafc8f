import { useState, type SyntheticEvent } from "react";

import { Button } from "../../design/Button";
import audit from "./AuditSection.module.css";
import { useChooseThreshold } from "./creditQueries";
import css from "./CreditsSection.module.css";
import { words } from "./creditWords";

const HIGHEST = 100_000;
const USUAL = 50;

/** Below how many credits the managers are told, or not at all (L24). */
export function LowNotice({ storeId, threshold }: { storeId: string; threshold: number | null }) {
  const [on, setOn] = useState(threshold !== null);
  const [text, setText] = useState(String(threshold ?? USUAL));
  const choose = useChooseThreshold(storeId);
  const value = Number(text);
  const valid = !on || (Number.isInteger(value) && value >= 1 && value <= HIGHEST);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (valid) choose.mutate(on ? value : null);
  };
  return (
    <form className={css.notice} onSubmit={save}>
      <label className={css.check}>
        <input type="checkbox" checked={on} onChange={({ target }) => setOn(target.checked)} />
        {words.notice}
      </label>
      <input
        className={audit.select}
        aria-label={words.threshold}
        aria-invalid={!valid}
        inputMode="numeric"
        size={7}
        value={text}
        disabled={!on}
        onChange={({ target }) => setText(target.value)}
      />
      <Button size="small" type="submit" isPending={choose.isPending} isDisabled={!valid}>
        {words.save}
      </Button>
      {!valid && <span role="alert">{words.invalid}</span>}
    </form>
  );
}

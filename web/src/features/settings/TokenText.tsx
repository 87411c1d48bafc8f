import { useRef } from "react";

import { Button } from "../../design/Button";
import { BODY_LIMIT } from "../../domain/segments";
import css from "./TemplatesSection.module.css";
import { templateWords as words } from "./templateWords";

interface TokenTextProps {
  label: string;
  text: string;
  tokens: string[];
  onChange: (text: string) => void;
}

/** The box to write in, and the tokens that go where the caret is. */
export function TokenText({ label, text, tokens, onChange }: TokenTextProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const insert = (token: string) => {
    const { selectionStart: from, selectionEnd: to } = box.current ?? { selectionStart: 0, selectionEnd: 0 };
    onChange(`${text.slice(0, from)}[[${token}]]${text.slice(to)}`);
    box.current?.focus();
  };
  return (
    <>
      <label className={css.label}>
        {label}
        <textarea
          ref={box}
          className={css.area}
          dir="auto"
          value={text}
          maxLength={BODY_LIMIT}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <div role="group" aria-label={words.tokens} className={css.chips}>
        {tokens.map((token) => (
          <Button key={token} size="small" variant="quiet" onPress={() => insert(token)}>
            {token}
          </Button>
        ))}
      </div>
    </>
  );
}

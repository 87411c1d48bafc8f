import { Copy } from "lucide-react";
import type { ReactNode } from "react";

import { codeOf } from "../domain/qr";
import { Button } from "./Button";
import css from "./LinkCode.module.css";
import { showToast } from "./toasts";

interface LinkCodeProps {
  url: string;
  /** Of the picture, of the field with the link, of the button, and what it says afterwards. */
  words: { qr: string; link: string; copy: string; copied: string; notCopied: string };
  testId: string;
  /** What is to be said of it. */
  children?: ReactNode;
}

/** A link as a code for cameras, and as a text to copy. */
export function LinkCode({ url, words, testId, children }: LinkCodeProps) {
  const { path, size } = codeOf(url);
  const copy = () => {
    navigator.clipboard.writeText(url).then(
      () => showToast(words.copied),
      () => showToast(words.notCopied),
    );
  };
  return (
    <div className={css.code}>
      <svg viewBox={`0 0 ${size} ${size}`} className={css.qr} role="img" aria-label={words.qr} data-testid={testId}>
        <path d={path} />
      </svg>
      <div className={css.about}>
        {children}
        <input
          className={css.link}
          readOnly
          value={url}
          aria-label={words.link}
          onFocus={(event) => event.target.select()}
        />
        <Button size="small" variant="primary" onPress={copy}>
          <Copy size={15} aria-hidden="true" />
          {words.copy}
        </Button>
      </div>
    </div>
  );
}

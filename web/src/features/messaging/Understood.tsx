import { HeartCrack } from "lucide-react";
import { useState } from "react";

import type { OptOutView } from "../../api/types";
import { Button } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { strings } from "../../strings";
import { Note } from "./Note";
import css from "./Understood.module.css";

const words = strings.consent;

interface UnderstoodProps {
  name: string;
  optOut: OptOutView;
  /** The sentence, where it is in view. */
  said: string | null;
  onSetRight: () => void;
  isSettingRight: boolean;
}

/** A sentence was taken for an opt-out: what was understood, and the way to set it right (X6). */
export function Understood({ name, optOut, said, onSetRight, isSettingRight }: UnderstoodProps) {
  const [asking, setAsking] = useState(false);
  if (!optOut.may_be_mistaken) return <Note text={words.understoodElsewhere(name)} Icon={HeartCrack} />;
  const confirm = () => {
    setAsking(false);
    onSetRight();
  };
  return (
    <Note text={words.understood} Icon={HeartCrack}>
      <Button size="small" onPress={() => setAsking(true)} isPending={isSettingRight}>
        {words.notMeant}
      </Button>
      <ConfirmDialog
        title={words.notMeantTitle}
        isOpen={asking}
        onCancel={() => setAsking(false)}
        onConfirm={confirm}
        confirmLabel={words.setRight}
        cancelLabel={words.leaveIt}
      >
        {said !== null && (
          <>
            <p>{words.notMeantText(name)}</p>
            <blockquote className={css.said} dir="auto">
              {said}
            </blockquote>
          </>
        )}
        <p>{words.notMeantWarning}</p>
      </ConfirmDialog>
    </Note>
  );
}

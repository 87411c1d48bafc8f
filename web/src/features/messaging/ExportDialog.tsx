import { useEffect, useRef, useState } from "react";

import { explain } from "../../data/explain";
import { type AskForPage, asText, gather, type Gathered, isWhole, nothing, restart } from "../../data/exporting";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { exportWords as words } from "../../exportWords";
import { strings } from "../../strings";
import { download } from "../settings/download";
import own from "./ExportDialog.module.css";
import css from "./MergeDialog.module.css";

interface ExportDialogProps {
  /** Of the customer. */
  name: string;
  /** Of the file, without its ending. */
  fileName: string;
  ask: AskForPage;
  isOpen: boolean;
  onClose: () => void;
}

/** All that is kept of a customer, gathered page by page and saved as one file (X13). */
export default function ExportDialog({ name, fileName, ask, isOpen, onClose }: ExportDialogProps) {
  const { file, error, isRunning, start, stop } = useGathering(ask, (whole) => save(fileName, whole));
  const close = () => {
    stop();
    onClose();
  };
  return (
    <Dialog
      title={words.title(name || strings.messaging.unnamed)}
      isOpen={isOpen}
      onClose={close}
      closeLabel={strings.common.close}
      size="small"
    >
      <div className={css.body}>
        {isWhole(file) ? (
          <Ready file={file} fileName={fileName} onClose={close} />
        ) : isRunning ? (
          <Running file={file} stop={stop} />
        ) : (
          <Before error={error} isBegun={file.records !== null} start={start} onClose={close} />
        )}
      </div>
    </Dialog>
  );
}

const nameOf = (fileName: string) => `${fileName}.json`;
const save = (fileName: string, file: Gathered) =>
  download(nameOf(fileName), asText(file, new Date()), "application/json");

/** What was gathered goes with the dialog: real addresses stay nowhere. */
function useGathering(ask: AskForPage, onWhole: (file: Gathered) => void) {
  const [file, setFile] = useState(nothing);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), []);
  const stop = () => {
    running.current?.abort();
    setRunning(false);
    setFile(nothing);
  };
  const start = async () => {
    const mine = new AbortController();
    running.current = mine;
    setRunning(true);
    setError(null);
    try {
      onWhole(await gather(ask, restart(file, error), mine.signal, setFile));
    } catch (problem) {
      if (!mine.signal.aborted) setError(problem);
    } finally {
      if (running.current === mine) setRunning(false);
    }
  };
  return { file, error, isRunning, start: () => void start(), stop };
}

interface BeforeProps {
  error: unknown;
  isBegun: boolean;
  start: () => void;
  onClose: () => void;
}

function Before({ error, isBegun, start, onClose }: BeforeProps) {
  return (
    <>
      <p>{words.lead}</p>
      <ul className={css.points}>
        {words.what.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <p className={css.muted}>{words.recorded}</p>
      {error !== null && (
        <p role="alert" className={css.problem}>
          {explain(error)} {words.failed}
        </p>
      )}
      <footer className={css.footer}>
        <Button onPress={onClose}>{strings.common.cancel}</Button>
        <Button variant="primary" onPress={start}>
          {isBegun ? words.again : words.make}
        </Button>
      </footer>
    </>
  );
}

function Running({ file, stop }: { file: Gathered; stop: () => void }) {
  const known = file.total > 0;
  return (
    <>
      <p role="status" data-testid="export">
        <strong>{words.gathering}</strong>
        {known && <span className={own.figures}>{words.progress(file.seen, file.total)}</span>}
      </p>
      <progress
        className={own.bar}
        aria-label={words.gathering}
        max={known ? file.total : undefined}
        value={known ? file.seen : undefined}
      />
      <footer className={css.footer}>
        <Button onPress={stop}>{words.cancel}</Button>
      </footer>
    </>
  );
}

function Ready({ file, fileName, onClose }: { file: Gathered; fileName: string; onClose: () => void }) {
  const records = file.records;
  if (!records) return null;
  return (
    <>
      <div role="status" data-testid="export">
        <strong>{words.ready(nameOf(fileName))}</strong>
        <p>{words.contents(records.conversations.length, records.messages.length, records.orders.length)}</p>
        {records.left_out.length > 0 && <p className={css.problem}>{words.leftOut(records.left_out.length)}</p>}
      </div>
      <footer className={css.footer}>
        <Button onPress={() => save(fileName, file)}>{words.save}</Button>
        <Button variant="primary" onPress={onClose}>
          {strings.common.close}
        </Button>
      </footer>
    </>
  );
}

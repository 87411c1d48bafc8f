import { Paperclip, X } from "lucide-react";
import { useId, useState } from "react";

import { Button, IconButton } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { TextField } from "../design/Field";
import { simulator, type Mail, type Mailbox, type MailSetup, type NewMail } from "./api";
import { when } from "./format";
import { useAct } from "./live";
import { answerSubject, quoted, size } from "./mailFormat";
import { strings } from "./strings";
import css from "./WriteMail.module.css";

/** Where a customer writes a mail: to any address of the shop, or as an answer to one. */
export function WriteMail({
  mailbox,
  setup,
  answers,
  onClose,
}: {
  mailbox: Mailbox;
  setup: MailSetup;
  answers: Mail | undefined;
  onClose: () => void;
}) {
  const [to, setTo] = useState(answers?.answer_to ?? setup.addresses[0]?.address ?? "");
  const [subject, setSubject] = useState(answers ? answerSubject(answers.subject) : "");
  const [text, setText] = useState("");
  const [files, setFiles] = useState<File[]>([]);
  const known = useId();
  const send = useAct(
    async (mail: NewMail) => simulator.sendMail(mailbox.address, { ...mail, files: await contents(files) }),
    onClose,
    { quiet: true },
  );
  const submit = () => {
    const body = answers ? text + quoted(answers, when(answers.at, Date.now())) : text;
    send.mutate({ to: to.trim(), subject, text: body, ...(answers ? { in_reply_to: answers.id } : {}) });
  };
  return (
    <Dialog title={answers ? strings.answer : strings.newMail} isOpen onClose={onClose} closeLabel={strings.close}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label className={css.field}>
          {strings.to}
          <input
            className={css.input}
            type="email"
            required
            list={known}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
        <datalist id={known}>
          {setup.addresses.map(({ address, name }) => (
            <option key={address} value={address}>
              {name}
            </option>
          ))}
        </datalist>
        <TextField label={strings.subject} value={subject} onChange={setSubject} maxLength={500} />
        <label className={css.field}>
          {strings.message}
          <textarea
            className={css.text}
            rows={7}
            value={text}
            dir="auto"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {answers && <p className={css.hint}>{strings.quotedBelow}</p>}
        <Files files={files} onChange={setFiles} />
        {send.error && (
          <p role="alert" className={css.error}>
            {send.error.message}
          </p>
        )}
        <Button
          type="submit"
          variant="primary"
          wide
          isPending={send.isPending}
          isDisabled={text.trim() === "" && files.length === 0}
        >
          {strings.send}
        </Button>
      </form>
    </Dialog>
  );
}

function Files({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  return (
    <div className={css.files}>
      {files.map((file, index) => (
        <span key={index} className={css.file}>
          {file.name} · {size(file.size)}
          <IconButton
            label={strings.removeFile(file.name)}
            size="small"
            onPress={() => onChange(files.filter((other) => other !== file))}
          >
            <X size={13} aria-hidden="true" />
          </IconButton>
        </span>
      ))}
      <label className={css.attach}>
        <Paperclip size={14} aria-hidden="true" />
        {strings.attach}
        <input
          type="file"
          multiple
          className="visually-hidden"
          onChange={(event) => {
            onChange([...files, ...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </label>
    </div>
  );
}

async function contents(files: File[]): Promise<NonNullable<NewMail["files"]>> {
  return Promise.all(
    files.map(async (file) => ({
      name: file.name,
      content_type: file.type || "application/octet-stream",
      content: base64(new Uint8Array(await file.arrayBuffer())),
    })),
  );
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

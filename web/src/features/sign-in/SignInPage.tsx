import { Eye, EyeOff } from "lucide-react";
import { useEffect, useState, type SyntheticEvent } from "react";

import { AuthError } from "../../auth/cognito";
import type { Session, SessionState } from "../../auth/session";
import { Button, IconButton } from "../../design/Button";
import { TextField } from "../../design/Field";
import { Logo } from "../../design/Logo";
import { strings } from "../../strings";
import css from "./SignInPage.module.css";

const words = strings.signIn;

type Shown = Extract<SessionState, { is: "signed_out" | "new_password" }>;

/** E-mail and password, then perhaps a new password. */
export function SignInPage({ session, state }: { session: Session; state: Shown }) {
  const isNew = state.is === "new_password";
  useEffect(() => {
    document.title = strings.title(0, words.submit);
  }, []);
  return (
    <main className={css.page}>
      <div className={css.card}>
        <Logo size={44} />
        <h1 className={css.heading}>{isNew ? words.newPasswordHeading : words.heading}</h1>
        <p className={css.lead}>{isNew ? words.newPasswordLead : words.lead}</p>
        {isNew ? (
          <NewPasswordForm session={session} />
        ) : (
          <SignInForm session={session} expired={state.because === "expired"} />
        )}
      </div>
    </main>
  );
}

/** Runs a step of signing in; tells whether it runs and what went wrong. */
function useStep(step: () => Promise<void>, explain: (error: unknown) => string) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setProblem(null);
    step()
      .catch((error: unknown) => setProblem(explain(error)))
      .finally(() => setPending(false));
  };
  return { pending, problem, submit };
}

function SignInForm({ session, expired }: { session: Session; expired: boolean }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [stay, setStay] = useState(false);
  const { pending, problem, submit } = useStep(() => session.signIn(email, password, stay), explainSignIn);
  return (
    <form className={css.form} onSubmit={submit}>
      {expired && problem === null && <p className={css.notice}>{words.expired}</p>}
      {problem !== null && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
      <TextField
        label={words.email}
        type="email"
        name="email"
        autoComplete="username"
        isRequired
        autoFocus
        value={email}
        onChange={setEmail}
      />
      <PasswordField label={words.password} autoComplete="current-password" value={password} onChange={setPassword} />
      <label className={css.check}>
        <input type="checkbox" checked={stay} onChange={(event) => setStay(event.target.checked)} />
        {words.stay}
      </label>
      <Button type="submit" variant="primary" wide isPending={pending}>
        {words.submit}
      </Button>
    </form>
  );
}

function NewPasswordForm({ session }: { session: Session }) {
  const [password, setPassword] = useState("");
  const { pending, problem, submit } = useStep(() => session.setNewPassword(password), explainNewPassword);
  return (
    <form className={css.form} onSubmit={submit}>
      <PasswordField
        label={words.newPassword}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        {...(problem === null ? {} : { error: problem })}
      />
      <Button type="submit" variant="primary" wide isPending={pending}>
        {words.newPasswordSubmit}
      </Button>
    </form>
  );
}

interface PasswordFieldProps {
  label: string;
  autoComplete: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

function PasswordField({ error, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const toggle = (
    <IconButton size="small" label={shown ? words.hidePassword : words.showPassword} onPress={() => setShown(!shown)}>
      {shown ? <EyeOff size={16} aria-hidden="true" /> : <Eye size={16} aria-hidden="true" />}
    </IconButton>
  );
  return (
    <TextField
      {...rest}
      type={shown ? "text" : "password"}
      name="password"
      isRequired
      trailing={toggle}
      error={error}
    />
  );
}

function explainSignIn(error: unknown): string {
  const code = error instanceof AuthError ? error.code : "";
  if (code === "NotAuthorizedException" || code === "UserNotFoundException") return words.wrong;
  if (code === "TooManyRequestsException" || code === "LimitExceededException") return words.tooMany;
  if (code === "Network") return words.unreachable;
  return code === "UnsupportedChallenge" || code === "PasswordResetRequiredException"
    ? words.unsupported
    : words.failed;
}

function explainNewPassword(error: unknown): string {
  if (!(error instanceof AuthError)) return words.failed;
  if (error.code === "Network") return words.unreachable;
  return error.code === "InvalidPasswordException" ? `${words.refused} ${error.message}` : words.failed;
}

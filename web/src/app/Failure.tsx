import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";

import { Button } from "../design/Button";
import { EmptyState } from "../design/EmptyState";
import { explain } from "../data/explain";
import { strings } from "../strings";

const icon = <TriangleAlert size={24} />;

/** Something could not be loaded: says why and offers another try. */
export function LoadFailure({ error, retry }: { error: unknown; retry: () => void }) {
  const action = <Button onPress={retry}>{strings.common.retry}</Button>;
  return (
    <EmptyState alert icon={icon} title={strings.errors.title} action={action}>
      {explain(error)}
    </EmptyState>
  );
}

/** The app itself could not start. */
export function StartFailure({ retry = () => location.reload() }: { retry?: () => void }) {
  const action = <Button onPress={retry}>{strings.common.retry}</Button>;
  return (
    <main className="fill">
      <EmptyState alert icon={icon} title={strings.errors.start} action={action}>
        {strings.errors.offline}
      </EmptyState>
    </main>
  );
}

/** Keeps a page that breaks from taking the others with it. Give it a `key` that changes with the page. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    const action = <Button onPress={() => location.reload()}>{strings.errors.reload}</Button>;
    return <EmptyState alert icon={icon} title={strings.errors.crash} action={action} />;
  }
}

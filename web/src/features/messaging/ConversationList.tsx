import { Inbox, MessageCirclePlus, SearchX } from "lucide-react";
import { useState, type KeyboardEvent, type Ref } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";

import type { StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useBroke } from "../../data/credits";
import { useColleagues, useConversations, useMe } from "../../data/queries";
import { IconButton } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { SearchField } from "../../design/Field";
import { LoadMore } from "../../design/LoadMore";
import { MoreMatches } from "../../design/MoreMatches";
import { SkeletonRows } from "../../design/Skeleton";
import { useDebounced } from "../../hooks/useDebounced";
import { strings } from "../../strings";
import css from "./ConversationList.module.css";
import { ConversationItem } from "./ConversationItem";
import { InviteAction } from "./InviteAction";
import { assigneeOf } from "./names";
import { useWentBack } from "./useWentBack";

const words = strings.messaging;
const STATES = ["open", "closed"] as const;
type State = (typeof STATES)[number];

interface ConversationListProps {
  store: StoreView;
  selected: string | null;
  searchRef: Ref<HTMLInputElement>;
  onStart: () => void;
}

/** The left pane: open and closed conversations, latest activity first, with search. */
export function ConversationList({ store, selected, searchRef, onStart }: ConversationListProps) {
  const [state, setState] = useState<State>("open");
  const [mine, setMine] = useState(false);
  const [q, setQ] = useState("");
  const rested = useDebounced(q.trim());
  const broke = useBroke(store);
  return (
    <section className={css.pane} aria-label={words.listPane}>
      <header className={css.header}>
        <p className={css.heading} aria-hidden="true">
          {words.heading}
        </p>
        <InviteAction store={store} />
        {!broke && (
          <IconButton label={words.start} variant="primary" onPress={onStart}>
            <MessageCirclePlus size={18} aria-hidden="true" />
          </IconButton>
        )}
      </header>
      <div className={css.search}>
        <SearchField
          label={words.search}
          clearLabel={strings.common.clearSearch}
          value={q}
          onChange={setQ}
          inputRef={searchRef}
        />
      </div>
      <Tabs className={css.tabs ?? ""} selectedKey={state} onSelectionChange={(key) => setState(key as State)}>
        <TabList aria-label={words.tabsLabel} className={css.tabList ?? ""}>
          <Tab id="open" className={css.tab ?? ""}>
            {words.tabs.open}
          </Tab>
          <Tab id="closed" className={css.tab ?? ""}>
            {words.tabs.closed}
          </Tab>
        </TabList>
        <button
          type="button"
          className={css.mine}
          aria-pressed={mine}
          title={words.assignee.mineHint}
          onClick={() => setMine(!mine)}
        >
          {words.assignee.mine}
        </button>
        {STATES.map((each) => (
          <TabPanel key={each} id={each} className={css.panel ?? ""}>
            <Rows store={store} state={each} q={rested} mine={mine} selected={selected} />
          </TabPanel>
        ))}
      </Tabs>
    </section>
  );
}

interface RowsProps {
  store: StoreView;
  state: State;
  q: string;
  mine: boolean;
  selected: string | null;
}

function Rows({ store, state, q, mine, selected }: RowsProps) {
  const list = useConversations(store.id, state, q, mine);
  const colleagues = useColleagues(store.id).data?.rows ?? [];
  const meId = useMe().data?.id;
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  useWentBack(rows, meId);
  if (list.isPending) return <SkeletonRows label={words.loadingList} />;
  if (!list.data) return <LoadFailure error={list.error} retry={() => void list.refetch()} />;
  const truncated = <MoreMatches pages={list.data.pages}>{strings.common.moreMatches}</MoreMatches>;
  if (rows.length === 0) {
    return (
      <>
        <NoRows state={state} q={q} mine={mine} />
        {truncated}
      </>
    );
  }
  const now = list.data.pages[0]?.now ?? 0;
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut on top of Tab over links */}
      <ul aria-label={words.list} onKeyDown={moveFocus}>
        {[...new Map(rows.map((row) => [row.id, row])).values()].map((row) => (
          <ConversationItem
            key={row.id}
            row={row}
            store={store}
            now={now}
            meId={meId}
            assignee={assigneeOf(row.assignee_id, meId, colleagues)}
            isSelected={row.id === selected}
          />
        ))}
      </ul>
      {truncated}
      <LoadMore
        label={strings.common.loadMore}
        hasMore={list.hasNextPage}
        isLoading={list.isFetchingNextPage}
        load={() => void list.fetchNextPage()}
      />
    </>
  );
}

function NoRows({ state, q, mine }: { state: State; q: string; mine: boolean }) {
  if (q !== "") {
    return (
      <EmptyState icon={<SearchX size={24} />} title={words.noneFound}>
        {words.noneFoundText(q)}
      </EmptyState>
    );
  }
  if (mine) {
    return (
      <EmptyState icon={<Inbox size={24} />} title={words.assignee.noneMine}>
        {words.assignee.noneMineText}
      </EmptyState>
    );
  }
  if (state === "closed") return <EmptyState icon={<Inbox size={24} />} title={words.noneClosed} />;
  return (
    <EmptyState icon={<Inbox size={24} />} title={words.noneOpen}>
      {words.noneOpenText}
    </EmptyState>
  );
}

/** Arrow keys, Home and End move between the rows. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
  const here = links.findIndex((link) => link === document.activeElement);
  const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  links[Math.max(0, Math.min(target, links.length - 1))]?.focus();
}

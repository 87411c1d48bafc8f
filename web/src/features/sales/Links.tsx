import type { ProductLinkView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useProductLinks } from "../../data/sales";
import { LoadMore } from "../../design/LoadMore";
import { SkeletonRows } from "../../design/Skeleton";
import type { Month } from "../../domain/sales";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import css from "./Sales.module.css";
import { words } from "./words";

/** Products that were shared in the month, and how often their links were followed. */
export function Links({ store, month }: { store: StoreView; month: Month }) {
  const links = useProductLinks(store.id, month);
  if (links.isPending) return <SkeletonRows label={words.loadingLinks} count={2} avatar={false} />;
  if (!links.data) return <LoadFailure error={links.error} retry={() => void links.refetch()} />;
  const rows = links.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="sales-links" className={css.people}>
      <h2 id="sales-links" className={css.subheading}>
        {words.links}
      </h2>
      <ul className={css.list}>
        {rows.map((link) => (
          <Row key={`${link.created_at} ${link.product_id}`} store={store} link={link} />
        ))}
      </ul>
      <LoadMore
        label={strings.common.loadMore}
        hasMore={links.hasNextPage}
        isLoading={links.isFetchingNextPage}
        load={() => void links.fetchNextPage()}
      />
    </section>
  );
}

function Row({ store, link }: { store: StoreView; link: ProductLinkView }) {
  return (
    <li className={css.row} data-testid="product-link">
      <span className={css.line}>
        <span dir="auto">{link.title}</span>
        <span className={css.muted}>{dateAndTime(link.created_at, { timeZone: store.timezone })}</span>
        {link.clicks > 0 && <span className={css.total}>{words.clicks(link.clicks)}</span>}
      </span>
      <span className={css.muted} dir="auto">
        {words.sharedBy(link.associate_name, link.in_person)}
      </span>
    </li>
  );
}

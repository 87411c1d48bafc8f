import { useMutation } from "@tanstack/react-query";
import { Package, QrCode, ScanBarcode, Star, X } from "lucide-react";
import { lazy, Suspense, useRef, useState, type KeyboardEvent } from "react";

import type { ProductPage, ProductView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { useFavourite, useProducts } from "../../data/products";
import { Badge } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { EmptyState } from "../../design/EmptyState";
import { SearchField } from "../../design/Field";
import { LoadMore } from "../../design/LoadMore";
import { MoreMatches } from "../../design/MoreMatches";
import { SkeletonRows } from "../../design/Skeleton";
import { Spinner } from "../../design/Spinner";
import { useDebounced } from "../../hooks/useDebounced";
import { strings } from "../../strings";
import { choose } from "./choosing";
import ProductCode from "./ProductCode";
import css from "./ProductPicker.module.css";
import { words } from "./words";

const Scanner = lazy(() => import("./Scanner"));
/** Browsers have none to offer where the page came without encryption. */
const hasCamera = "mediaDevices" in navigator;

interface ProductPickerProps {
  storeId: string;
  /** Where it is to be sent; null: nowhere, its code is shown to somebody in the shop. */
  conversationId: string | null;
  isOpen: boolean;
  onClose: () => void;
}

/** Chooses a product to send: by words, by bar code, or from what is at hand (N18, H23). */
export default function ProductPicker(props: ProductPickerProps) {
  return (
    <Dialog
      title={props.conversationId === null ? words.titleCode : words.title}
      isOpen={props.isOpen}
      onClose={props.onClose}
      closeLabel={strings.common.close}
    >
      <Choosing {...props} />
    </Dialog>
  );
}

function Choosing(props: ProductPickerProps) {
  const [shown, show] = useState<ProductView | null>(null);
  const [q, setQ] = useState("");
  if (shown) return <ProductCode storeId={props.storeId} product={shown} onBack={() => show(null)} />;
  return <Picking {...props} q={q} setQ={setQ} onShow={show} />;
}

interface PickingProps extends ProductPickerProps {
  /** What is typed; it stands when one comes back from a code. */
  q: string;
  setQ: (q: string) => void;
  onShow: (code: ProductView) => void;
}

function Picking({ storeId, conversationId, onClose, q, setQ, onShow }: PickingProps) {
  const { api, chosen, queries } = useAccount();
  /** Enter was pressed: looked for at once. */
  const [entered, setEntered] = useState<string | null>(null);
  const [scanning, setScanning] = useState(false);
  const typed = q.trim();
  const rested = useDebounced(typed);
  const asked = entered ?? rested;
  const products = useProducts(storeId, asked);
  const box = useRef<HTMLDivElement>(null);
  const take = async (product: ProductView) => {
    if (conversationId === null) onShow(product);
    else await choose(api, chosen, conversationId, product.id);
  };
  const done = () => {
    if (conversationId !== null) onClose();
  };
  const pick = useMutation({
    mutationFn: (product: ProductView) => take(product),
    onSuccess: done,
    onError: () => queries.invalidateQueries({ queryKey: keys.products(storeId) }),
  });
  // A scanner types faster than a search answers, and ends with Enter.
  const enter = useMutation({
    mutationFn: async (words: string) => {
      const { rows } = await api.products(storeId, { q: words });
      if (rows[0]) await take(rows[0]);
      return rows.length > 0;
    },
    onSuccess: (found) => {
      if (found) done();
    },
  });
  const look = (code: string) => {
    setEntered(code);
    enter.mutate(code);
  };
  const scanned = (code: string) => {
    setScanning(false);
    setQ(code);
    look(code);
  };
  const failed = pick.error ?? enter.error;
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && typed !== "") {
      event.preventDefault();
      look(typed);
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(box.current, event.key === "ArrowDown" ? 1 : -1);
    }
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the arrows move between the buttons in it
    <div ref={box} className={css.body} onKeyDown={keyDown}>
      <div className={css.asking}>
        <SearchField
          label={words.search}
          clearLabel={strings.common.clearSearch}
          value={q}
          onChange={(next) => {
            setQ(next);
            setEntered(null);
          }}
          autoFocus
        />
        {hasCamera && (
          <IconButton label={scanning ? words.stopScanning : words.scan} onPress={() => setScanning(!scanning)}>
            {scanning ? <X size={20} aria-hidden="true" /> : <ScanBarcode size={20} aria-hidden="true" />}
          </IconButton>
        )}
      </div>
      {scanning && (
        <Suspense fallback={<Spinner label={words.openingCamera} />}>
          <Scanner onCode={scanned} />
        </Suspense>
      )}
      {failed && (
        <p role="alert" className={css.error}>
          {explain(failed)}
        </p>
      )}
      {products.isPending && <SkeletonRows label={words.loading} count={5} />}
      {products.isError && !products.data && (
        <LoadFailure error={products.error} retry={() => void products.refetch()} />
      )}
      {products.data && (
        <div className={css.scroll} data-testid="products">
          <Pages
            pages={products.data.pages}
            q={asked}
            storeId={storeId}
            busy={pick.isPending || enter.isPending}
            onPick={pick.mutate}
            onShow={conversationId === null ? null : onShow}
          />
          <MoreMatches pages={products.data.pages}>{strings.common.moreMatches}</MoreMatches>
          <LoadMore
            label={strings.common.loadMore}
            hasMore={products.hasNextPage}
            isLoading={products.isFetchingNextPage}
            load={() => void products.fetchNextPage()}
          />
        </div>
      )}
      <p className={css.hint}>{conversationId === null ? words.hintCode : words.hint}</p>
    </div>
  );
}

/** The field first, then product after product. */
function move(box: HTMLElement | null, step: number): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>("input, [data-product]") ?? [])];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
}

interface ListProps {
  storeId: string;
  busy: boolean;
  onPick: (product: ProductView) => void;
  /** Beside picking it; null: picking shows it. */
  onShow: ((product: ProductView) => void) | null;
}

function Pages({ pages, q, ...rest }: ListProps & { pages: ProductPage[]; q: string }) {
  const first = pages[0];
  const rows = pages.flatMap((page) => page.rows);
  if (q !== "" && rows.length === 0)
    return (
      <p role="status" className={css.none}>
        {words.noneFound(q)}
      </p>
    );
  if (!first || rows.length === 0) {
    return (
      <EmptyState icon={<Package size={24} />} title={words.none}>
        {words.noneText}
      </EmptyState>
    );
  }
  return (
    <>
      <List label={words.recent} rows={first.recent} {...rest} />
      <List label={words.favourites} rows={first.favourites} {...rest} />
      <List label={q === "" ? words.all : words.found} rows={rows} {...rest} />
    </>
  );
}

function List({ label, rows, storeId, busy, onPick, onShow }: ListProps & { label: string; rows: ProductView[] }) {
  const favourite = useFavourite(storeId);
  if (rows.length === 0) return null;
  return (
    <section aria-label={label}>
      <h3 className={css.heading}>{label}</h3>
      <ul className={css.list}>
        {rows.map((product) => (
          <li key={product.id} className={css.item}>
            <button
              type="button"
              className={css.product}
              data-product={product.id}
              disabled={busy}
              onClick={() => onPick(product)}
            >
              <span className={css.title} dir="auto">
                {product.title}
              </span>
              <span className={css.detail}>
                {[product.price, product.vendor].filter(Boolean).join(" · ")}
                {!product.available && <Badge tone="warning">{words.soldOut}</Badge>}
              </span>
            </button>
            {onShow && product.url !== "" && (
              <button
                type="button"
                className={css.star}
                aria-label={words.code.show(product.title)}
                onClick={() => onShow(product)}
              >
                <QrCode size={18} aria-hidden="true" />
              </button>
            )}
            <button
              type="button"
              className={css.star}
              aria-pressed={product.favourite}
              aria-label={words.favourite(product.title)}
              onClick={() => favourite.mutate(product)}
            >
              <Star size={18} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

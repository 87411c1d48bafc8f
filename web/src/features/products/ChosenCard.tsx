import { Package, X } from "lucide-react";

import { useAccount } from "../../data/account";
import { IconButton } from "../../design/Button";
import type { ChosenProduct } from "../../outbox/chosen";
import { strings } from "../../strings";
import css from "./ProductCard.module.css";

const words = strings.products;

/** Above the box to write in: the product that goes out with the words. */
export default function ChosenCard({ conversationId, product }: { conversationId: string; product: ChosenProduct }) {
  const { chosen } = useAccount();
  const { title, price, picture, thumbnail } = product;
  return (
    <div className={css.chosen} data-testid="chosen-product" data-picture={picture}>
      {thumbnail === null ? (
        <span className={css.blank}>
          <Package size={20} aria-hidden="true" />
        </span>
      ) : (
        <img className={css.small} src={thumbnail} alt={words.picture(title)} />
      )}
      <span className={css.text}>
        <span className={css.title} dir="auto">
          {title}
        </span>
        <span className={css.price}>{price}</span>
        <span className={css.price} role="status">
          {picture === "loading" ? words.loading : picture === "none" ? words.noPicture : ""}
        </span>
      </span>
      <IconButton size="small" label={words.remove(title)} onPress={() => chosen.set(conversationId, null)}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

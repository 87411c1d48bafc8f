import { ExternalLink } from "lucide-react";

import type { MediaView, MessageView } from "../../api/types";
import { useMediaLinks } from "../../data/media";
import { fitted, placeholder } from "../../domain/media";
import { strings } from "../../strings";
import css from "./ProductCard.module.css";

const words = strings.products;
const MOST = { width: 280, height: 220 };

interface ProductCardProps {
  conversationId: string;
  message: MessageView;
}

/** A product in a message, as it was when it was sent (H9). */
export default function ProductCard({ conversationId, message }: ProductCardProps) {
  const card = message.card;
  if (!card) return null;
  const picture = message.media.find(({ id, state }) => id === card.picture_id && state === "ready");
  return (
    <div className={css.card} data-testid="product-card">
      {picture && !message.held && (
        <Picture conversationId={conversationId} messageId={message.id} media={picture} title={card.title} />
      )}
      <span className={css.title} dir="auto">
        {card.title}
      </span>
      {card.price !== "" && <span className={css.price}>{card.price}</span>}
      {card.url.startsWith("https://") && (
        <a
          className={css.view}
          href={card.url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={words.viewOf(card.title)}
        >
          {words.view}
          <ExternalLink size={14} aria-hidden="true" />
        </a>
      )}
    </div>
  );
}

interface PictureProps {
  conversationId: string;
  messageId: string;
  media: MediaView;
  title: string;
}

/** Its place has the picture's shape from the first moment on. */
function Picture({ conversationId, messageId, media, title }: PictureProps) {
  const links = useMediaLinks(conversationId, messageId, media.id);
  return (
    <img
      className={css.picture}
      src={links.data?.thumbnail_url ?? placeholder(media.width, media.height)}
      {...fitted(media.width, media.height, MOST)}
      alt={words.picture(title)}
      data-loaded={links.data ? true : undefined}
      onError={links.renew}
    />
  );
}

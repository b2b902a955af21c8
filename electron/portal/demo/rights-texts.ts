/** The usual usage text of the demo's publisher. */
export const freeForEditorial =
  'This video may be used free of charge for editorial and educational purposes. It may not be used to endorse a product, a party or a person. Credit: Meridian Compact.';

/** Usage text of stories that hold other people's pictures. */
export const freeExceptThirdParty =
  'This video may be used free of charge for editorial purposes, except for the third-party library material named in the shotlist, which must be cleared with its owner. Credit: Meridian Compact.';

/** Usage text of stories that may be shown for a limited time. */
export const newsAccessOnly =
  'News access only. No archive use after the date given. No use in advertising. Credit is mandatory: Meridian Compact / Estmark Armed Forces.';

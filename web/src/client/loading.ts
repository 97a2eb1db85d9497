/** While the data of a static site are being loaded, `document` has an event of this name, its `detail` from 0 to 1. */
export const LOADING = "asoen-loading";

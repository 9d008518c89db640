/**
 * Names the wording of the form and of the privacy page; consents are journalled with it. A change of either is a new
 * name.
 */
export const pageVersion = '2026-11.10';

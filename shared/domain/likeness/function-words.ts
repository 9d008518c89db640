/** Words that say nothing of what a text is about; folded, as they are before stemming. */
export const functionWords: ReadonlySet<string> = new Set(
  `a an the of and or in on at to for from by with without into onto over under between among through during per via as is are
  was were be been being am do does did done has have had having can could may might must shall should will would not no nor
  that this these those it its they them their there here we our us i you your he she his her who whom which what when where
  why how if then than so such both each either neither any all some most more less many much few other another same own only
  just also too very but however although though while whereas because since until unless about against after before above
  below again further once out up down off`.split(/\s+/),
);

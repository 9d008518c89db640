/** What the abstract of a sample paper has around its summary, and its AI summary. */
interface PreviewText {
  readonly opening: string;
  readonly closing: string;
  readonly ai: string;
}

const text = (opening: string, closing: string, ai: string): PreviewText => ({ opening, closing, ai });

/** The texts of the first samples, in their order. */
export const previewTexts: readonly PreviewText[] = [
  text(
    'A server of language models answers thousands of prompts at once.',
    'Compared with a cache per request, memory use falls by 41 percent on three recorded workloads.',
    'Requests borrow pages of a shared key-value cache, which doubles throughput in simulation.',
  ),
  text(
    'Decoding one token at a time leaves most of a GPU idle.',
    'On four model families it improves tokens per second by 1.9 times over a fixed draft length.',
    'A draft model that predicts its own acceptance makes decoding faster without changing a token.',
  ),
  text(
    'Image synthesis is judged by its quality and by the time a picture takes.',
    'Experiments on two data sets show a twelvefold speed-up at the same fidelity.',
    'Distilling a whole denoising schedule at once lets four steps do the work of fifty.',
  ),
  text(
    'Long videos need scenes that stay the same from one view to the next.',
    'On that benchmark our model outperforms the best earlier one in 8 of 10 scenes.',
    'A small spatial memory lets a video model redraw a room that the camera had left.',
  ),
  text(
    'Language models are tuned by the scores of a reward model.',
    'Human raters prefer its answers in 61 percent of the pairs.',
    'Optimizing against the lower end of a reward interval makes reward hacking rarer.',
  ),
  text(
    'Demonstrations for robots are costly, while logs of failed attempts are cheap.',
    'We propose a test that tells in advance which logs are worth learning from.',
    'A robot arm learns seven of nine tasks from a log that holds nothing but failures.',
  ),
  text(
    'Whether a treatment helps is often asked of records that were kept for another purpose.',
    'In a study of 12,000 records the estimate agrees with that of a randomized trial.',
    'Text about patients can stand in for confounders that nobody measured.',
  ),
  text(
    'Decisions need causes and not only correlations.',
    'Larger models do no better than small ones on questions about interventions.',
    'The causal graphs of language models contradict their answers in a third of the cases.',
  ),
  text(
    'Doctors and engineers need answers that they can check against the picture.',
    'On five benchmarks accuracy stays within half a point of the unconstrained model.',
    'A model that must mark a region for every claim hallucinates less.',
  ),
  text(
    'Charts hold numbers that are written nowhere else.',
    'It outperforms models of ten times its size on two benchmarks of chart questions.',
    'Writing the code that draws a chart again is a way to read its numbers.',
  ),
  text(
    'Office agents may send, move and delete what their owners wanted to keep.',
    'Against a rule list written by experts it misses fewer final actions and asks half as often.',
    'Agents that ask before final actions alone lose no data and rarely interrupt.',
  ),
  text(
    'Software projects have rules that every change must keep.',
    'Half of the rules are broken within 60 steps, whatever the size of the model.',
    'Repeating a rule in commit messages keeps it longer than a larger context does.',
  ),
  text(
    'The cost of an answer depends on how full a batch is when it leaves.',
    'The predictor itself costs less than one percent of a step.',
    'Holding slots for requests that are about to come halves the idle time of a GPU.',
  ),
  text(
    'Grasping has to be learned on the real arm, where time is short.',
    'We release 90 hours of recorded practice.',
    'A robot that repeats failed grasps while idle drops one object in fifty after a week.',
  ),
  text(
    'Mixtures of experts are cheap to run and too large to load.',
    'Results on six tasks show that uniform 4-bit weights need 30 percent more memory for the same score.',
    'Choosing the bit width expert by expert fits a large mixture on one card.',
  ),
  text(
    'Alignment depends on what people say they prefer.',
    'We publish both rounds of labels for 8,000 pairs.',
    'A fifth of preference labels turn round when the same person is asked a month later.',
  ),
  text(
    'Transformers for images are told where each patch belongs.',
    'In a comparison at equal compute it achieves the better score on four of five shapes.',
    'A diffusion transformer without position embeddings copes with unseen image shapes.',
  ),
  text(
    'Search and generation are joined so that answers rest on sources.',
    'On questions with an answer it loses less than one point.',
    'A retriever trained to return nothing keeps the model from making answers up.',
  ),
  text(
    'Command-line tools come with manuals that hardly anybody reads.',
    'On 40 tools that were not seen in training it succeeds in 78 percent of the tasks.',
    'Agents that must quote the manual make fewer calls, each of which can be checked.',
  ),
  text(
    'Contracts and reports are longer than what a reader keeps in mind.',
    'We build the test from public reports of eleven countries.',
    'How far apart two statements are matters more to models than the length of the text.',
  ),
  text(
    'Navigation relies on travel times that are learned from the past.',
    'On the roads of three cities the error during works falls by 18 percent.',
    'Edges with a date let a road network forget a closure at the right moment.',
  ),
  text(
    'Tumours are outlined by hand before they are treated.',
    'The calibration holds on scanners of two other makers.',
    'Rewarding borders as wide as the disagreement of doctors saves radiologists time.',
  ),
  text(
    'Announcements and sermons are transcribed where echoes are long.',
    'Adapting takes 80 milliseconds on a laptop.',
    'Two seconds of room sound are enough to adapt a speech model to a hall.',
  ),
  text(
    'Reasoning models may think as long as they are allowed to.',
    'We train the predictor on 20,000 questions with answers of different lengths.',
    'Predicting when more thinking pays saves 40 percent of the tokens.',
  ),
  text(
    'Phones learn together without handing over what is on them.',
    'Experiments with 50,000 simulated phones show no loss for those that stay.',
    'Weighting updates by how likely a client is to leave needs a tenth of the rounds.',
  ),
];

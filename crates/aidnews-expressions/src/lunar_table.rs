/// One word a lunar year from 1900: bits 15 to 4 tell the long months from the first, bits 3 to 0 the month that is
/// followed by a leap month, bit 16 whether that leap month is long.
const LUNAR_YEARS: [u32; 0] = [];

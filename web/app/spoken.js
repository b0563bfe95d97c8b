// The languages that the page offers where people speak (BCP 47).
export const spoken = ['en', 'es', 'ar', 'fr', 'pt', 'ht', 'zh', 'vi', 'ru', 'uk', 'so', 'hi', 'tl', 'ko'];

// Loads a screen when it is first wanted. Served as plain modules each screen is a file;
// packed, the screens of one face are (web/faces.go puts its own text in this place).

export const screenOf = async (name) => (await import(`./screens/${name}.js`)).default;

export default async function planScreen() { return { title: 'x', body: [] }; }

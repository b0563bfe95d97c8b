// What tsc does not know of browsers and of files that the program makes (web/types_test.go).

interface ServiceWorkerRegistration { sync?: { register(tag: string): Promise<void> } }
interface Window { registration: ServiceWorkerRegistration; clients: any }
interface Navigator { connection?: any; wakeLock: any }
interface AudioContext { setSinkId?(id: string): Promise<void> }
interface Credential { response: any }
declare var textsAhead: { path: string, answer: Promise<any> } | null | undefined;
declare module '*/phraselist.js' { export const lists: any; }
declare module '*/crisiswords.js' { export const list: any; }

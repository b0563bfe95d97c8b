package webtest

import "testing"

// packScript is what the tests of packs do in the page: hold a pack against its names.
const packScript = `(globalThis.packs = (async () => {
  const db = await import('/app/db.js');
  const name = async (text) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const whole = async (k) => {
    for (const f of [...k.manifest.files, k.manifest.index]) if (k.files[f.name] === undefined || (await name(k.files[f.name])) !== f.name) return false;
    return true;
  };
  const old = await db.get('learn-pack');
  const in64 = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  // signed wraps what is no pack of ours in a signature that this phone takes for the site's.
  const signed = async (manifest, like) => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    const { keys } = await db.get('jwks');
    await db.put('jwks', { ...(await db.get('jwks')), keys: [...keys.filter((k) => k.kid !== 'of-the-test'), { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'of-the-test', alg: 'EdDSA', use: 'sig' }] });
    const text = (v) => in64(new TextEncoder().encode(JSON.stringify(v)));
    const body = text({ alg: 'EdDSA', kid: 'of-the-test' }) + '.' + text(manifest);
    return new Response(body + '.' + in64(new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(body)))), like);
  };
  return { old, db, whole, signed };
})())`

// A newer pack is shown before it is fetched, and comes whole or not at all, whoever signed
// it and whatever its files are.
func TestAPackComesWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("supporter", "").EnrolmentCode)
	p.to("#/learn")
	p.until("the pack is kept", `import('/app/db.js').then((m) => m.get('learn-pack')).then((k) => k?.language === 'en' && k.manifest.files.length > 20)`)
	eval[bool](p, packScript+`.then(() => true)`)
	eval[bool](p, `import('/app/learnpack.js').then((m) => m.refreshPack()).then(() => true)`)

	nurse := newPhone(t, c.BaseURL, "en-US")
	nurse.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	nurse.to("#/texts/naloxone/en")
	nurse.see("Look at these before you sign")
	nurse.tap("I have read it. Sign it")
	nurse.see("It is signed.")

	for what, fault := range map[string]string{
		"signed by somebody else": `(r, at) => at.includes('/packs/') ? r.text().then((t) => { const [, body] = t.split('.'); return new Response(btoa('{"alg":"EdDSA","kid":"stranger"}').replace(/=+$/, '') + '.' + body + '.AAAA', r); }) : r`,
		"changed on its way":      `(r, at) => at.includes('/files/') ? r.arrayBuffer().then((b) => new Response(new Uint8Array(b.byteLength), { status: 206 })) : r`,
		"cut":                     `(r, at) => { if (at.includes('/files/')) throw new TypeError('cut'); return r; }`,
		"of more than 8 MB, by a key that counts":          `(r, at) => at.includes('/packs/') ? packs.then(({ old, signed }) => signed({ ...old.manifest, files: old.manifest.files.map((f) => ({ ...f, name: 'A' + f.name.slice(1), bytes: 1 << 20 })) }, r)) : (globalThis.askedAFile = true, r)`,
		"with a file of 100 MB, by a key that counts":      `(r, at) => at.includes('/packs/') ? packs.then(({ old, signed }) => signed({ ...old.manifest, files: [{ ...old.manifest.files[0], name: 'A'.repeat(43), bytes: 100e6 }] }, r)) : (globalThis.askedAFile = true, r)`,
		"a file without an end":                            `(r, at) => at.includes('/files/') ? new Response(new ReadableStream({ pull: (s) => s.enqueue(new Uint8Array(65536)) }), { status: 206 }) : r`,
		"of which the list has 2 MB, by a key that counts": `(r, at) => at.includes('/packs/') ? packs.then(({ old, signed }) => signed({ ...old.manifest, more: 'a'.repeat(2 << 20) }, r)) : r`,
		"whose list has no end":                            `(r, at) => { let n = 0; return at.includes('/packs/') ? new Response(new ReadableStream({ pull: (s) => n++ < 1000 ? s.enqueue(new Uint8Array(65536)) : s.close(), cancel: () => { globalThis.letGo = n * 65536; } }), r) : r; }`,
	} {
		got := eval[string](p, `packs.then(async ({ db, old, whole }) => {
		  const real = globalThis.fetch, fault = `+fault+`;
		  globalThis.fetch = async (at, o) => fault(await real(at, o), String(at));
		  const end = await import('/app/learnpack.js').then((m) => m.refreshPack(true)).then(() => 'taken', () => 'refused');
		  globalThis.fetch = real;
		  const kept = await db.get('learn-pack');
		  return end + ' ' + (kept.tag === old.tag) + ' ' + (await whole(kept));
		})`)
		if got != "refused true true" {
			t.Errorf("a pack %s: %s", what, got)
		}
	}
	if eval[bool](p, `Boolean(globalThis.askedAFile)`) {
		t.Error("a file of a pack that is too large was asked for")
	}
	if n := eval[int](p, `globalThis.letGo ?? 0`); n == 0 || n > 2<<20 {
		t.Errorf("a list without an end was let go after %d bytes", n)
	}

	p.to("#/help")
	p.to("#/learn")
	p.see("Newer pages are here")
	p.see("Naloxone, and where to keep it")
	p.accessible("a newer pack")
	p.shot("learn-newer")
	p.tap("Get them now")
	p.until("the newer pack", `packs.then(async ({ db, old, whole }) => { const k = await db.get('learn-pack'); return k.tag !== old.tag && (await whole(k)) && !(await db.get('learn-next')) && (await db.under('learn-part:')).length === 0; })`)
}

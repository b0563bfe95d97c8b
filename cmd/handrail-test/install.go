package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// axeVersion is the accessibility checker that the browser tests load into each
// page. It is fetched and not kept in the repository because of its licence.
const axeVersion = "4.10.3"

// needs are the programs that the tests use, and the Debian package of each.
var needs = []struct{ program, pkg, why string }{
	{"gcc", "gcc libc6-dev", "the race detector"},
	{"chromium", "chromium", "the browser tests"},
	{"npm", "npm", "fetching the accessibility checker"},
}

// install adds what is missing, with Debian's packages when this is a Debian and
// we may; otherwise it says what to install.
func install(ctx context.Context) error {
	var missing []string
	for _, n := range needs {
		if _, err := exec.LookPath(n.program); err != nil {
			fmt.Printf("%s is missing (for %s)\n", n.program, n.why)
			missing = append(missing, n.pkg)
		}
	}
	if len(missing) > 0 {
		if err := apt(ctx, missing); err != nil {
			return err
		}
	}
	return fetchAxe(ctx)
}

func apt(ctx context.Context, pkgs []string) error {
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return fmt.Errorf("please install the Debian packages %v and run this again, or run it as root on Debian", pkgs)
	}
	env := []string{"DEBIAN_FRONTEND=noninteractive"}
	if err := command(ctx, env, "apt-get", "update", "-qq"); err != nil {
		return err
	}
	script := "apt-get install -y -qq --no-install-recommends"
	for _, p := range pkgs {
		script += " " + p
	}
	return command(ctx, env, "sh", "-c", script)
}

// fetchAxe puts axe.min.js where the browser tests look for it.
func fetchAxe(ctx context.Context) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	dir := filepath.Join(cache, "handrail-test", "axe-core-"+axeVersion)
	if _, err := os.Stat(filepath.Join(dir, "axe.min.js")); err == nil {
		return nil
	}
	tmp, err := os.MkdirTemp("", "axe")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	pack := exec.CommandContext(ctx, "npm", "pack", "--silent", "axe-core@"+axeVersion)
	pack.Dir, pack.Stderr = tmp, os.Stderr
	if err := pack.Run(); err != nil {
		return fmt.Errorf("npm pack axe-core: %w", err)
	}
	archive := filepath.Join(tmp, "axe-core-"+axeVersion+".tgz")
	return errors.Join(os.MkdirAll(dir, 0o755),
		command(ctx, nil, "tar", "-xzf", archive, "-C", dir, "--strip-components=1", "package/axe.min.js"))
}

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// needs are the programs that the tests use, and the Debian package of each.
var needs = []struct{ program, pkg, why string }{
	{"gcc", "gcc libc6-dev", "the race detector"},
	{"chromium", "chromium", "the browser tests of pushes"},
	{"chromium-headless-shell", "chromium-headless-shell", "all other browser tests"},
	{"nginx", "nginx-light", proxies},
	{"apache2", "apache2", proxies},
	{"caddy", "caddy", proxies},
	{"haproxy", "haproxy", proxies},
	{"npm", "npm", "fetching axe-core, the accessibility checker, which the browser tests do"},
}

const proxies = "the blocks of docs/network.md, which are run before one instance"

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
	return nil
}

func apt(ctx context.Context, pkgs []string) error {
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return fmt.Errorf("please install the Debian packages %v and run this again, or run it as root on Debian", pkgs)
	}
	env := []string{"DEBIAN_FRONTEND=noninteractive"}
	if err := command(ctx, env, "apt-get", "update", "-qq"); err != nil {
		return err
	}
	script := unstarted + "apt-get install -y -qq --no-install-recommends"
	for _, p := range pkgs {
		script += " " + p
	}
	return command(ctx, env, "sh", "-c", script)
}

// unstarted keeps the services of the packages from being started: tests run their own.
const unstarted = `policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' > $policy && chmod +x $policy && trap "rm -f $policy" EXIT
fi
`

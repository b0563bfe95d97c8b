package main

import (
	"os"
	"syscall"
)

// room is what the folders of all tests that run at once may need, and more.
const room = 3 << 30 // bytes

// memory makes a folder in memory for the folders of the tests: each write that a
// store answers for is an fsync, which a disk takes longer for than the test for all
// the rest. It is "" where there is no room for it.
func memory() (string, error) {
	const where = "/dev/shm"
	var fs syscall.Statfs_t
	if syscall.Statfs(where, &fs) != nil || int64(fs.Bavail)*int64(fs.Bsize) < room {
		return "", nil
	}
	dir, err := os.MkdirTemp(where, "handrail-test-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755) // proxies read as another user
}

package io.deployflow.ssh;

/**
 * The script that tells whether a host has room for a release, and lets it be written; changes nothing. Its output is
 * read by {@link HostRoom#parse}.
 *
 * @param deployTo the directory on the host
 */
record RoomCommands(String deployTo) {

    /** Prints one fact a line. Where the directory is not there yet, it is about the one that it would be made in. */
    String ask() {
        return """
                root=%s
                %s\
                if shut; then echo "shut $way"; exit 0; fi
                dir=$root
                while [ ! -d "$dir" ] && [ "$dir" != / ]; do dir=$(dirname "$dir"); done
                cd "$dir" 2>/dev/null && { [ "$dir" = "$root" ] && echo there || echo "missing $dir"; }
                for part in "$dir" "$root/releases" "$root/shared" "$root/.deployflow"; do
                  if [ -e "$part" ] && { [ ! -w "$part" ] || [ ! -x "$part" ]; }; then echo "read-only $part"; fi
                done
                df -Pk "$dir" 2>/dev/null | { read -r head; read -r device all used free rest && echo "free $free"; }
                if [ -d "$root/current/" ]; then
                  du -sk "$root/current/" 2>/dev/null | { read -r size rest && echo "live $size"; }
                fi
                :
                """.formatted(Sh.quote(deployTo), SurveyCommands.SHUT);
    }
}

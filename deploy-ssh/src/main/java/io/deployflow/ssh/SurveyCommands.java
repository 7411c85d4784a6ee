package io.deployflow.ssh;

import java.util.List;

/**
 * The script that tells what is on a host; changes nothing. Its output is read by {@link HostState#parse}.
 *
 * @param deployTo the directory on the host
 * @param linkedFiles files that must be below {@code shared/}
 * @param maintenance where a maintenance page may be up
 */
record SurveyCommands(String deployTo, List<String> linkedFiles, MaintenanceCommands maintenance) {

    /**
     * {@code shut}: finds {@code $way}, the directory {@code $root} or what stands on the way to it where that is not
     * there, and tells whether it is no directory, or one that this account may not enter.
     */
    static final String SHUT = """
            shut() {
              way=$root
              until [ -e "$way" ] || [ -L "$way" ]; do
                case $way in /*/*) way=${way%/*};; *) way=/;; esac
              done
              ! (cd "$way") 2>/dev/null
            }
            """;

    /**
     * Enters the directory. Where it is not there, prints the word, if there is one, and ends; where it is not known
     * what is there, that is no answer but a failure.
     */
    static String enter(String deployTo, String word) {
        return "root=" + Sh.quote(deployTo) + "\n" + SHUT + """
                cd "$root" 2>/dev/null || {
                  if shut; then echo "$way is not a directory that $(id -un) may enter" >&2; exit 1; fi
                  %s
                  exit 0
                }
                """.formatted(word.isEmpty() ? ":" : "echo " + word);
    }

    /** Prints one fact a line. */
    String survey() {
        return """
                for tool in tar readlink stat; do command -v $tool >/dev/null || echo "missing-tool $tool"; done
                command -v sha256sum >/dev/null || command -v shasum >/dev/null || echo "missing-tool sha256sum"
                %s\
                if [ -L current ]; then echo "current $(readlink current)"
                elif [ -e current ]; then echo "current-is-no-link"
                fi
                capistrano() {
                  if [ -f "$dir/REVISION" ]; then read -r revision < "$dir/REVISION" || :; fi
                  line=$(grep -s " as release $id by " revisions.log | tail -n 1)
                  [ -n "$line" ] || return 0
                  [ "$state" = failed ] || state=good
                  by=${line#* as release $id by }
                  if [ -z "$revision" ]; then revision=${line#*\\(at } revision=${revision%%%%\\)*}; fi
                }
                for dir in releases/*; do
                  [ -d "$dir" ] && [ ! -L "$dir" ] || continue
                  id=${dir#releases/} meta=.deployflow/releases/${dir#releases/} state=staged
                  case $id in *.tmp) echo "leftover $id"; continue;; esac
                  if [ -e "$meta/failed" ]; then state=failed
                  elif [ -e "$meta/good" ]; then state=good
                  fi
                  revision= at= by=
                  if [ -f "$meta/info" ]; then read -r revision at by < "$meta/info" || :
                  else capistrano
                  fi
                  echo "release $id $state ${revision:-unknown} ${at:--} ${by:-unknown}"
                  if [ -s "$meta/good" ]; then
                    while read -r key value; do
                      if [ "$key" = deploy ]; then echo "confirmed $id $value"; fi
                    done < "$meta/good"
                  fi
                  if [ -f "$meta/digest" ]; then read -r digest < "$meta/digest" && echo "manifest $id $digest"; fi
                done
                if [ -L releases/current ]; then echo "leftover current"; fi
                if [ -f .deployflow/switching ]; then
                  while read -r key value; do echo "switching-$key $value"; done < .deployflow/switching
                fi
                if [ -f .deployflow/lock/owner ]; then
                  { read -r holder; read -r owner; } < .deployflow/lock/owner || :
                  if [ "$holder" = %s ]; then echo "lock-by-hand ${owner:-somebody}"
                  elif [ -n "$owner" ]; then echo "lock $owner"
                  fi
                fi
                for file in %s; do [ -e "shared/$file" ] || echo "missing-linked-file $file"; done
                %s""".formatted(enter(deployTo, ""), LockFunctions.MANUAL, Sh.quote(linkedFiles), maintenance.ask());
    }
}

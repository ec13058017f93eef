#include "ui/terminal/ShellHook.h"

namespace ui {
namespace {

// What stood in the variables stays, and so does the status for what reads it later. In a path only
// "%" must be encoded for the filter to read it back: it takes all other bytes as they are.
// A "D" comes before each prompt, and counts where a command was running. zsh and fish know what
// they run, and tell it: what was typed ahead is not to be read from the screen.
constexpr const char *bashLine
    = R"(__ponto_mark() { local s=$?; printf '\e]133;D;%s\a\e]7;file://%s%s\a\e]133;A\a' "$s" )"
      R"("$HOSTNAME" "${PWD//[%]/%25}"; return $s; }; PS0='\e]133;C\a'"$PS0"; )"
      R"(PS1="$PS1"'\[\e]133;B\a\]'; PROMPT_COMMAND="__ponto_mark${PROMPT_COMMAND:+; $PROMPT_COMMAND}")";

constexpr const char *zshLine
    = R"(autoload -Uz add-zsh-hook; __ponto_mark() { local s=$?; printf )"
      R"('\e]133;D;%s\a\e]7;file://%s%s\a\e]133;A\a' "$s" "$HOST" "${PWD//[%]/%25}"; return $s }; )"
      R"(__ponto_run() { local c=${${1//\%/%25}//;/%3B}; printf '\e]133;C;cmdline_url=%s\a' )"
      R"("${c//[[:cntrl:]]/ }" }; add-zsh-hook precmd __ponto_mark; )"
      R"(add-zsh-hook preexec __ponto_run; PS1="$PS1"$'%{\e]133;B\a%}')";

// fish 4 marks by itself.
constexpr const char *fishLine
    = R"(function __ponto_mark --on-event fish_prompt; printf '\e]7;file://%s%s\a\e]133;A\a' )"
      R"($hostname (string replace -a % %25 -- $PWD); end; )"
      R"(function __ponto_run --on-event fish_preexec; printf '\e]133;C;cmdline_url=%s\a' )"
      R"((string escape --style=url -- $argv[1]); end; )"
      R"(function __ponto_end --on-event fish_postexec; printf '\e]133;D;%s\a' $status; end)";

} // namespace

const QList<ShellHook> &ShellHook::all()
{
    static const QList<ShellHook> hooks{
        {QStringLiteral("bash"), QString::fromLatin1(bashLine), QStringLiteral("~/.bashrc")},
        {QStringLiteral("zsh"), QString::fromLatin1(zshLine), QStringLiteral("~/.zshrc")},
        {QStringLiteral("fish"), QString::fromLatin1(fishLine),
         QStringLiteral("~/.config/fish/config.fish")}};
    return hooks;
}

} // namespace ui

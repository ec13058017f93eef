#include "tests/support/ScriptedSshSession.h"

#include <QMutexLocker>

#include <sys/socket.h>

#include <array>
#include <utility>
#include <vector>

namespace tests {
namespace {

int methodBits(const LoginStage &stage)
{
    int bits = 0;
    for (const LoginMethod method : stage) {
        switch (method) {
        case LoginMethod::PublicKey:
            bits |= SSH_AUTH_METHOD_PUBLICKEY;
            break;
        case LoginMethod::Password:
            bits |= SSH_AUTH_METHOD_PASSWORD;
            break;
        case LoginMethod::KeyboardInteractive:
            bits |= SSH_AUTH_METHOD_INTERACTIVE;
            break;
        }
    }
    return bits;
}

QByteArray blobOf(ssh_key key)
{
    char *text = nullptr;
    if (ssh_pki_export_pubkey_base64(key, &text) != SSH_OK) {
        return {};
    }
    const QByteArray blob = QByteArray::fromBase64(text);
    ssh_string_free_char(text);
    return blob;
}

} // namespace

void AttemptLog::add(const QByteArray &attempt)
{
    const QMutexLocker lock(&m_mutex);
    m_attempts += attempt;
}

QByteArrayList AttemptLog::all() const
{
    const QMutexLocker lock(&m_mutex);
    return m_attempts;
}

ScriptedSshSession::ScriptedSshSession(const SshScript &script, const QString &hostKeyFile,
                                       AttemptLog &log)
    : m_script(script)
    , m_log(log)
    , m_bind(ssh_bind_new())
    , m_session(ssh_new())
{
    const bool ignoreConfiguration = false;
    ssh_bind_options_set(m_bind.get(), SSH_BIND_OPTIONS_PROCESS_CONFIG, &ignoreConfiguration);
    ssh_bind_options_set(m_bind.get(), SSH_BIND_OPTIONS_HOSTKEY, qUtf8Printable(hostKeyFile));
}

ScriptedSshSession::~ScriptedSshSession() = default;

void ScriptedSshSession::serve(int socket)
{
    if (ssh_bind_accept_fd(m_bind.get(), m_session.get(), socket) == SSH_OK
        && ssh_handle_key_exchange(m_session.get()) == SSH_OK && login()) {
        serveChannel();
    }
    ssh_disconnect(m_session.get());
}

bool ScriptedSshSession::login()
{
    while (const Message message{ssh_message_get(m_session.get())}) {
        if (ssh_message_type(message.get()) != SSH_REQUEST_AUTH) {
            ssh_message_reply_default(message.get()); // accepts the service request
            continue;
        }
        if (m_script.disconnectText) {
            ssh_session_set_disconnect_message(m_session.get(),
                                               m_script.disconnectText->constData());
            return false;
        }
        if (m_script.misconduct == SshScript::Misconduct::EndlessBanners) {
            sendBannersForEver();
            return false;
        }
        sendBanner();
        if (tryToLogIn(message.get())) {
            return true;
        }
        if (m_hasEnded) {
            return false;
        }
    }
    return false;
}

bool ScriptedSshSession::tryToLogIn(ssh_message message)
{
    switch (ssh_message_subtype(message)) {
    case SSH_AUTH_METHOD_NONE:
        m_log.add("none");
        if (m_script.stages.isEmpty()) {
            ssh_message_auth_reply_success(message, 0);
            return true;
        }
        break;
    case SSH_AUTH_METHOD_PASSWORD:
        return judgePassword(message);
    case SSH_AUTH_METHOD_PUBLICKEY:
        return judgeKey(message);
    case SSH_AUTH_METHOD_INTERACTIVE:
        return judgeAnswers(message);
    default:
        break;
    }
    refuse(message);
    return false;
}

bool ScriptedSshSession::judgePassword(ssh_message message)
{
    m_log.add("password");
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED // the callbacks that replace it need an event loop of their own
        const QByteArray given
        = ssh_message_auth_password(message);
    QT_WARNING_POP
    if (given == m_script.password) {
        return pass(message, LoginMethod::Password);
    }
    refuse(message);
    return false;
}

bool ScriptedSshSession::judgeKey(ssh_message message)
{
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED // as above
        const bool isQuestion
        = ssh_message_auth_publickey_state(message) == SSH_PUBLICKEY_STATE_NONE;
    const bool isSigned = ssh_message_auth_publickey_state(message) == SSH_PUBLICKEY_STATE_VALID;
    const QByteArray blob = blobOf(ssh_message_auth_pubkey(message));
    QT_WARNING_POP
    m_log.add(isQuestion ? "publickey?" : "publickey");
    const bool isRight = m_script.acceptedKey.isEmpty() || blob == m_script.acceptedKey;
    const bool isOffered = m_script.stages.value(m_stage).contains(LoginMethod::PublicKey);
    if (isQuestion && m_script.misconduct == SshScript::Misconduct::SuccessForKeyQuestion) {
        ssh_message_auth_reply_success(message, 0);
        return false;
    }
    if (isQuestion && m_script.misconduct == SshScript::Misconduct::PartialForKeyQuestion) {
        return pass(message, LoginMethod::PublicKey);
    }
    if (isRight && isOffered && isQuestion) {
        ssh_message_auth_reply_pk_ok_simple(message);
        return false;
    }
    if (isRight && isSigned) {
        return pass(message, LoginMethod::PublicKey);
    }
    refuse(message);
    return false;
}

bool ScriptedSshSession::judgeAnswers(ssh_message message)
{
    if (ssh_message_auth_kbdint_is_response(message) == 0) {
        m_log.add("keyboard-interactive");
        m_round = 0;
    } else {
        const auto &questions = m_script.rounds.at(m_round).questions;
        const bool isAnythingRight = m_script.misconduct == SshScript::Misconduct::EndlessRounds;
        bool isRight = ssh_userauth_kbdint_getnanswers(m_session.get()) == questions.size();
        for (qsizetype i = 0; isRight && !isAnythingRight && i < questions.size(); ++i) {
            isRight = questions.at(i).answer
                == ssh_userauth_kbdint_getanswer(m_session.get(), static_cast<unsigned>(i));
        }
        if (!isRight) {
            refuse(message);
            return false;
        }
        const bool isLast = m_round + 1 == m_script.rounds.size();
        m_round += isLast && m_script.misconduct == SshScript::Misconduct::EndlessRounds ? 0 : 1;
    }
    if (!m_script.stages.value(m_stage).contains(LoginMethod::KeyboardInteractive)) {
        refuse(message);
        return false;
    }
    if (m_round < m_script.rounds.size()) {
        ask(message);
        return false;
    }
    return pass(message, LoginMethod::KeyboardInteractive);
}

bool ScriptedSshSession::pass(ssh_message message, LoginMethod method)
{
    if (!m_script.stages.value(m_stage).contains(method)) {
        refuse(message);
        return false;
    }
    ++m_stage;
    const bool isLast = m_stage == m_script.stages.size();
    if (!isLast) {
        ssh_message_auth_set_methods(message, methodBits(m_script.stages.at(m_stage)));
    }
    ssh_message_auth_reply_success(message, isLast ? 0 : 1);
    return isLast;
}

void ScriptedSshSession::refuse(ssh_message message)
{
    ssh_message_auth_set_methods(message, methodBits(m_script.stages.value(m_stage)));
    ssh_message_reply_default(message);
}

void ScriptedSshSession::ask(ssh_message message)
{
    const ChallengeRound &round = m_script.rounds.at(m_round);
    std::vector<const char *> prompts;
    std::vector<char> echoes;
    for (const ChallengeRound::Question &question : round.questions) {
        prompts.push_back(question.prompt.constData());
        echoes.push_back(question.echo ? 1 : 0);
    }
    ssh_message_auth_interactive_request(
        message, round.name.constData(), round.instruction.constData(),
        static_cast<unsigned>(prompts.size()), prompts.data(), echoes.data());
    switch (m_script.misconduct) {
    case SshScript::Misconduct::SuccessWhileAsking:
        ssh_message_auth_reply_success(message, 0);
        break;
    case SshScript::Misconduct::DisconnectWhileAsking:
        ssh_session_set_disconnect_message(m_session.get(), "Enough of you");
        m_hasEnded = true;
        break;
    case SshScript::Misconduct::CloseWhileAsking:
        ssh_blocking_flush(m_session.get(), -1);
        ::shutdown(ssh_get_fd(m_session.get()), SHUT_RDWR);
        m_hasEnded = true;
        break;
    default:
        break;
    }
}

// Until the client has gone.
void ScriptedSshSession::sendBannersForEver()
{
    const QByteArray text(20'000, 'x');
    const std::unique_ptr<std::remove_pointer_t<ssh_string>, Free<ssh_string_free>> banner(
        ssh_string_from_char(text.constData()));
    while (ssh_send_issue_banner(m_session.get(), banner.get()) == SSH_OK
           && ssh_blocking_flush(m_session.get(), -1) == SSH_OK) { }
}

void ScriptedSshSession::sendBanner()
{
    if (m_script.banner.isEmpty() || std::exchange(m_bannerSent, true)) {
        return;
    }
    const std::unique_ptr<std::remove_pointer_t<ssh_string>, Free<ssh_string_free>> text(
        ssh_string_from_char(m_script.banner.constData()));
    ssh_send_issue_banner(m_session.get(), text.get());
}

void ScriptedSshSession::serveChannel()
{
    ssh_channel channel = nullptr; // the session owns it
    while (const Message message{ssh_message_get(m_session.get())}) {
        const int type = ssh_message_type(message.get());
        const int subtype = ssh_message_subtype(message.get());
        if (type == SSH_REQUEST_CHANNEL_OPEN && subtype == SSH_CHANNEL_SESSION) {
            channel = ssh_message_channel_request_open_reply_accept(message.get());
        } else if (type == SSH_REQUEST_CHANNEL && subtype == SSH_CHANNEL_REQUEST_EXEC) {
            run(channel, message.get());
        } else if (type == SSH_REQUEST_CHANNEL && subtype == SSH_CHANNEL_REQUEST_SHELL) {
            ssh_message_channel_request_reply_success(message.get());
            echo(channel);
        } else if (type == SSH_REQUEST_CHANNEL
                   && (subtype == SSH_CHANNEL_REQUEST_PTY || subtype == SSH_CHANNEL_REQUEST_ENV)) {
            ssh_message_channel_request_reply_success(message.get());
        } else {
            ssh_message_reply_default(message.get());
        }
    }
}

void ScriptedSshSession::run(ssh_channel channel, ssh_message message)
{
    const QByteArray command = ssh_message_channel_request_command(message);
    ssh_message_channel_request_reply_success(message);
    const bool isKnown = command.startsWith("echo ");
    if (isKnown) {
        const QByteArray output = command.sliced(5) + '\n';
        ssh_channel_write(channel, output.constData(), static_cast<quint32>(output.size()));
    }
    ssh_channel_request_send_exit_status(channel, isKnown ? 0 : 127);
    ssh_channel_send_eof(channel);
    ssh_channel_close(channel);
}

void ScriptedSshSession::echo(ssh_channel channel)
{
    std::array<char, 4096> bytes;
    int count = 0;
    while ((count = ssh_channel_read(channel, bytes.data(), bytes.size(), 0)) > 0) {
        ssh_channel_write(channel, bytes.data(), static_cast<quint32>(count));
    }
    ssh_channel_request_send_exit_status(channel, 0);
    ssh_channel_send_eof(channel);
    ssh_channel_close(channel);
}

} // namespace tests

// UserSheet: the way to the files of another user of a server: asks for the name, tells that the
// server is being asked, and asks for the password that sudo there wants. One sheet all along, so
// that Escape ends it at each step.

#pragma once

#include "base/SecretString.h"
#include "ui/widgets/Sheet.h"

class QLineEdit;
class QPushButton;

namespace ui {

class PlainLabel;
class SecretEdit;

class UserSheet final : public Sheet
{
    Q_OBJECT

public:
    // `login` is who has logged in, `host` what the user calls the server. Both are safe to show.
    UserSheet(const QString &login, const QString &host, QWidget *parent = nullptr);

    void askName(); // nameEntered() follows
    void refuseName(); // it can be none
    void showWaiting(const QString &user);

    // passwordEntered() follows. `said` is what sudo told since the last attempt; safe to show.
    void askPassword(const QString &user, int attempt, const QString &said);

    void done(); // all is answered

signals:
    void nameEntered(const QString &name); // not empty
    void passwordEntered(const base::SecretString &password);

private:
    enum class Step { Name, Waiting, Password };

    void showStep(Step step, const QString &title, const QString &remark);
    void accept();

    const QString m_login;
    const QString m_host;
    Step m_step = Step::Waiting;
    PlainLabel *m_title;
    PlainLabel *m_problem;
    QLineEdit *m_name;
    SecretEdit *m_password;
    PlainLabel *m_remark;
    QPushButton *m_accept;
    QPushButton *m_cancel;
};

} // namespace ui

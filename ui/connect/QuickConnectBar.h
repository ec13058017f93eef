// QuickConnectBar: the field at the top of the window in which the user types where to go.

#pragma once

#include "ui/connect/ConnectRequest.h"

#include <QWidget>

class QLineEdit;
class QStringListModel;

namespace ui {

class PlainLabel;

class QuickConnectBar final : public QWidget
{
    Q_OBJECT

public:
    // Completes the names in the store, which is borrowed.
    explicit QuickConnectBar(const profiles::ProfileStore &store, QWidget *parent = nullptr);

    // And its aliases, from now on. Borrowed.
    void setOpenSsh(const profiles::OpenSshConfig *openSsh);

public slots:
    // Gives it the focus, with its text selected.
    void activate();

signals:
    void connectRequested(const ui::ConnectRequest &request);
    void left(); // by Escape: whoever had the focus before may have it again

private:
    void submit();
    void leave();
    void submitCommand(const QString &command); // what stands behind "ssh"
    void submitText(const QString &text);
    void showProblem(const QString &text); // empty: there is none
    void updateCompletions();

    const profiles::ProfileStore &m_store;
    const profiles::OpenSshConfig *m_openSsh = nullptr;
    QLineEdit *m_edit;
    PlainLabel *m_problem;
    QStringListModel *m_names;
};

} // namespace ui

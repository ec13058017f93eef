// ExternalEdit: a file that another program edits: a small window that tells what becomes of its
// saves, for as long as the copy is watched.

#pragma once

#include "edit/CopyWatch.h"
#include "edit/EditSession.h"
#include "ui/errors/ErrorText.h"

#include <QWidget>

#include <memory>

namespace ui {

class ErrorBanner;
class PlainLabel;
class SheetHost;

class ExternalEdit final : public QWidget
{
    Q_OBJECT

public:
    // `command` is split as a shell would do it; empty: what the desktop takes.
    ExternalEdit(std::unique_ptr<edit::EditSession> session, QString command, QWidget *parent);

    edit::EditSession &session() { return *m_session; }
    bool isUnfinished() const { return m_session->isUnsent(); }

signals:
    void refused(const ErrorText &why); // it can not be opened: closes by itself

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void openCopy(const QByteArray &content);
    void start(const QString &path);
    void refuse(const ErrorText &why);
    void handleState();
    void addDecisions();
    void saveMerged();

    std::unique_ptr<edit::EditSession> m_session;
    const QString m_command;
    std::unique_ptr<edit::CopyWatch> m_watch;
    SheetHost *m_host;
    PlainLabel *m_state;
    ErrorBanner *m_banner;
    bool m_isCloseConfirmed = false;
};

} // namespace ui

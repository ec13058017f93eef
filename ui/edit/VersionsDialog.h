// VersionsDialog: the versions of a file that were saved from this computer, and what there was
// before that, to look at and to have back. Not modal.

#pragma once

#include "edit/EditSession.h"

#include <QDialog>

class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace ui {

class VersionsDialog final : public QDialog
{
    Q_OBJECT

public:
    // The session must outlive this.
    VersionsDialog(edit::EditSession &session, QWidget *parent);

signals:
    void chosen(const QByteArray &content); // to be put in the place of what is there

private:
    void showList(const QList<edit::EditVersion> &versions);
    void showVersion();
    void showContent(const std::optional<QByteArray> &content);

    edit::EditSession &m_session;
    QListWidget *m_list;
    QPlainTextEdit *m_preview;
    QPushButton *m_restore = nullptr;
    std::optional<QByteArray> m_content; // of the current one
    quint64 m_question = 0; // a late answer to an older one falls
};

} // namespace ui

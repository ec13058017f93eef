// MergeWindow: three texts of one file side by side, what I typed, what both began with and what is
// on the server now, and below them what comes out of it. Each conflict is decided there, by a
// button or by typing.

#pragma once

#include "edit/EditSession.h"
#include "edit/TextFormat.h"

#include <QDialog>

class QPushButton;

namespace ui {

class PlainLabel;
class TextEditor;

class MergeWindow final : public QDialog
{
    Q_OBJECT

public:
    // Nothing if one of the texts is none.
    static MergeWindow *create(const edit::EditOrigin &origin, const edit::EditConflict &conflict,
                               const edit::DecodedText &format, QWidget *parent);

signals:
    void merged(const QByteArray &content); // to be saved

private:
    enum class Side { Mine, Theirs, Both };

    MergeWindow(const edit::EditOrigin &origin, const QString &base, const QString &mine,
                const QString &theirs, edit::DecodedText format, QWidget *parent);
    QWidget *createColumn(const QString &id, const QString &title, const QString &text,
                          const QString &base);
    QWidget *createResult(const QString &text);
    void nextConflict();
    void take(Side side);
    void update();
    void save();

    const edit::DecodedText m_format;
    TextEditor *m_result = nullptr;
    PlainLabel *m_left = nullptr;
    QPushButton *m_save = nullptr;
    QList<QPushButton *> m_decisions;
};

} // namespace ui

// EditorStatus: the line under an editor: what became of the last save, where the cursor is, and
// how the file is written, which can be changed there.

#pragma once

#include "edit/EditSession.h"
#include "edit/TextFormat.h"

#include <QWidget>

class QComboBox;

namespace ui {

class PlainLabel;

class EditorStatus final : public QWidget
{
    Q_OBJECT

public:
    explicit EditorStatus(QWidget *parent);

    void setState(const QString &text);
    void setPlace(int line, int column); // from 1 on
    void setFormat(const edit::TextFormat &format); // in silence
    void setEditable(bool isEditable);

signals:
    void formatChosen(const edit::TextFormat &format); // by the user

private:
    void choose();

    edit::TextFormat m_format;
    PlainLabel *m_state;
    PlainLabel *m_place;
    QComboBox *m_encoding;
    QComboBox *m_lineEnd;
};

} // namespace ui
